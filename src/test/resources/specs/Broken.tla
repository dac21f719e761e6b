------------------------------- MODULE Broken -------------------------------
(* Does not parse, on purpose. *)
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = = 1
=============================================================================
