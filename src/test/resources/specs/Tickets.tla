-------------------------------- MODULE Tickets --------------------------------
(* An office gives out tickets, each once, and closes when none is left.         *)
EXTENDS Integers

CONSTANT Tickets

VARIABLES left, given, twice, open

Init == left = Tickets /\ given = {} /\ twice = FALSE /\ open = TRUE

Give(t) ==
  /\ open
  /\ t \in left
  /\ left' = left \ {t}
  /\ given' = given \cup {t}
  /\ twice' = (twice \/ t \in given)
  /\ UNCHANGED open

Close ==
  /\ open
  /\ left = {}
  /\ open' = FALSE
  /\ UNCHANGED <<left, given, twice>>

Next == (\E t \in Tickets : Give(t)) \/ Close

Spec == Init /\ [][Next]_<<left, given, twice, open>>

GivenOnce == ~twice
NothingLeftBehind == ~open => left = {}
===============================================================================
