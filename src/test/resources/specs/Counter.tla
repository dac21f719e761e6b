------------------------------ MODULE Counter ------------------------------
(* A counter that runs round, for each verdict of the model checker.        *)
EXTENDS Naturals

CONSTANT Modulus

ASSUME Modulus > 1

VARIABLE n

Init == n = 0

Tick == n' = (n + 1) % Modulus

TickOnce == n < Modulus - 1 /\ n' = n + 1

Fair == Init /\ [][Tick]_n /\ WF_n(Tick)

Unfair == Init /\ [][Tick]_n

Ends == Init /\ [][TickOnce]_n

Growing == Init /\ [][n' = n + 1]_n

InRange == n \in 0..(Modulus - 1)

Small == n < 3

StartsPositive == n > 0

Up == [][n' > n]_n

UpFromZero ==
  /\ n = 0
  /\ Up
  /\ [](n \in Nat)

ComesBack == []<>(n = 0)

Overflows == n = "text"

Bound == n < 5

Odd == n % 2 = 1
=============================================================================
