------------------------------ MODULE Undefined ------------------------------
(* Uses an operator that nobody defines, on purpose. *)
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = Step(x)
Spec == Init /\ [][Next]_x
=============================================================================
