------------------------------- MODULE Shapes -------------------------------
(* Values of every kind, written in ways that TLC keeps apart inside.       *)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS Server, Model   \* a model value, and a set of them

VARIABLES a, b, echo

Init ==
  /\ a = [ interval |-> 1..3,
           subsets  |-> SUBSET {1, 2},
           chosen   |-> {i \in 1..5 : i % 2 = 1},
           mapped   |-> {i * 2 : i \in 1..3},
           product  |-> {1} \X {"x", "y"},
           records  |-> [n : {1, 2}],
           functions |-> [{"p"} -> {TRUE, FALSE}],
           model    |-> Server ]
  /\ b = [ sequence |-> [i \in 1..2 |-> i * i],
           record   |-> [s \in {"p", "q"} |-> s],
           function |-> [i \in 0..1 |-> -i],
           changed  |-> [[i \in 1..2 |-> 0] EXCEPT ![2] = 7],
           empty    |-> [x \in {} |-> 0],
           models   |-> [m \in Model |-> {m}],
           nested   |-> [p \in {"alice"} |-> <<[k |-> {}], [k |-> {<<>>}]>>] ]
  /\ echo = <<>>

Next == UNCHANGED <<a, b, echo>>

Spec == Init /\ [][Next]_<<a, b, echo>>

Untyped == echo = 1
=============================================================================
