(* The table that the Java tests compare the code with: computed by Coq from the definitions that the
   theorems are about. Each string is one row of proofs/table.txt. *)
From Coq Require Import Init.Byte NArith Ascii String List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq div binomial.
From EveproofMath Require Import EncodingDefinitions FieldDefinitions HashDefinitions ToeplitzDefinitions SamplingDefinitions BudgetDefinitions InterceptDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Local Open Scope string_scope.
Local Open Scope seq_scope.

(* --- Writing ----------------------------------------------------------------------------------- *)

Definition digit (n : N) : string := String (ascii_of_N (if N.ltb n 10 then (48 + n)%num else (87 + n)%num)) "".

Definition hex_byte (b : byte) : string :=
  let v := Byte.to_N b in (digit (N.div v 16) ++ digit (N.modulo v 16))%string.

Definition hex (s : seq byte) : string :=
  if s is [::] then "-" else foldr (fun b t => (hex_byte b ++ t)%string) "" s.

Definition bit_string (s : seq bool) : string :=
  foldr (fun (b : bool) t => String (if b then "1" else "0")%char t) "" s.

Fixpoint decimal_digits (fuel : nat) (n : N) (t : string) : string :=
  if fuel is f.+1 then
    let t' := (digit (N.modulo n 10) ++ t)%string in
    if N.ltb n 10 then t' else decimal_digits f (N.div n 10) t'
  else t.
Definition decimal (n : N) : string := decimal_digits 60 n "".
Definition dec (n : nat) : string := decimal (N.of_nat n).

Definition row (cells : seq string) : string :=
  if cells is c :: cs then foldl (fun t c => (t ++ " " ++ c)%string) c cs else "".

(* --- Examples: numbers of a linear congruence, the same at every build ------------------------- *)

Definition next (x : N) : N :=
  N.land (x * 6364136223846793005 + 1442695040888963407) 18446744073709551615.
Fixpoint stream (count : nat) (x : N) : seq N :=
  if count is c.+1 then let y := next x in N.shiftr y 33 :: stream c y else [::].
Definition some_bytes (count : nat) (x : N) : seq byte := map byte_of_number (stream count x).
Definition some_bits (count : nat) (x : N) : seq bool := map N.odd (stream count x).

(* --- Tags -------------------------------------------------------------------------------------- *)

Definition lengths : seq nat := iota 1 52 ++ [:: 63; 64; 65; 127; 128; 129; 255; 256; 257; 1000].

Definition tag_row (key pad m : seq byte) : string :=
  row [:: "tag"; hex key; hex pad; hex m; hex (big_endian 16 (code_tag (number_of_bytes key) (number_of_bytes pad) m))].

(* The key 2^n. *)
Definition power (n : nat) : seq byte := big_endian 16 (N.shiftl 1 (N.of_nat n)).
(* The key 2^n - 1. *)
Definition ones (n : nat) : seq byte := big_endian 16 (N.ones (N.of_nat n)).

Definition tag_rows : seq string :=
  [seq let x := N.of_nat n in
       tag_row (some_bytes 16 x) (some_bytes 16 (x + 7777)) (some_bytes n (x + 1234)) | n <- lengths ++ [:: 8192]]
  ++ [seq tag_row (nseq 16 xff) (nseq 16 x00) (nseq n x00) | n <- iota 1 33]
  ++ [seq tag_row (some_bytes 16 (N.of_nat n)) (nseq 16 xff) (nseq n xff) | n <- iota 1 33]
  ++ [seq tag_row (power n) (nseq 16 x00) (some_bytes 20 5) | n <- iota 0 128]
  ++ [seq tag_row (ones n) (nseq 16 xff) (nseq 200 xff) | n <- iota 0 129].

Definition forgery_rows : seq string :=
  [seq row [:: "forgery"; dec n; dec (forgery_numerator n)]
     | n <- lengths ++ [:: 4096; 4097; 100000; 1048577]].

(* --- Frames ------------------------------------------------------------------------------------ *)

Definition frame_row (h : header) (payload : seq byte) : string :=
  row [:: "frame"; decimal (suite h); (if sender h is Alice then "A" else "B");
          decimal (message_type h); decimal (session h); decimal (round h); decimal (sequence h);
          decimal (epoch h); decimal (block h); decimal (index h); hex payload;
          hex (authenticated h payload)].

Definition below (bits : N) (x : N) : N := N.modulo (N.shiftr (next x) 11) (2 ^ bits).

Definition some_header (i : nat) : header :=
  let x := next (N.of_nat i) in
  Header (if odd i then 7%num else 8%num) (if odd i./2 then Alice else Bob) (1 + below 7 (x + 1))
         (below 50 (x + 2)) (below 31 (x + 3)) (below 31 (x + 4)) (below 31 (x + 5))
         (below 31 (x + 6)) (below 31 (x + 7)).

Definition frame_rows : seq string :=
  [seq frame_row (some_header i) (some_bytes i (N.of_nat i)) | i <- iota 0 70]
  ++ [:: frame_row (Header 7 Alice 1 0 0 0 0 0 0) [::];
         frame_row (Header 8 Bob 255 18446744073709551615 2147483647 2147483647 2147483647
                      2147483647 2147483647) (nseq 300 xff)].

(* --- Verification of reconciled keys ------------------------------------------------------------ *)

Definition verification_row (t n : nat) : string :=
  let x := N.of_nat (n * 129 + t) in
  let seed := some_bits 128 x in let key := some_bits n (x + 99) in
  row [:: "verification"; dec t; bit_string seed; bit_string key;
          bit_string (verification_hash t (number_of_bits seed) key)].

Definition verification_rows : seq string :=
  [seq verification_row t 300 | t <- [:: 1; 2; 31; 32; 50; 63; 64; 65; 100; 127; 128]]
  ++ [seq verification_row 64 n | n <- iota 1 10 ++ [:: 63; 64; 65; 127; 128; 129; 255; 256; 257; 1000]].

(* How many seeds of 2^t, for a hash of t bits, let different keys pass at most. *)
Definition verification_epsilon_rows : seq string :=
  [seq row [:: "verification-epsilon"; dec n; dec (verification_blocks n)]
     | n <- [:: 1; 127; 128; 129; 255; 256; 257; 1000; 4096]].

(* The shortest hash for which blocks/2^t is at most 2^-e. *)
Definition hash_length (n : nat) (e : N) : N :=
  let blocks := N.of_nat (verification_blocks n) in
  head 0%num [seq t <- map N.of_nat (iota 1 128) | N.leb (blocks * 2 ^ e) (2 ^ t)].

Definition hash_length_rows : seq string :=
  [seq row [:: "hash-length"; dec n; decimal e; decimal (hash_length n e)]
     | n <- [:: 1; 128; 129; 1000; 4096], e <- [:: 1%num; 10%num; 33%num; 50%num; 64%num; 100%num; 120%num]].

(* --- Toeplitz ----------------------------------------------------------------------------------- *)

Definition toeplitz_row (n l : nat) (seed key : seq bool) : string :=
  row [:: "toeplitz"; dec n; dec l; bit_string seed; bit_string key; bit_string (toeplitz seed key l)].

Definition some_toeplitz (n l : nat) : string :=
  let x := N.of_nat (1000 * n + l) in
  toeplitz_row n l (some_bits (seed_length n l) x) (some_bits n (x + 5)).

Definition toeplitz_rows : seq string :=
  [seq some_toeplitz n l | n <- iota 1 9, l <- iota 1 n]
  ++ [seq some_toeplitz n l | n <- [:: 63; 64; 65; 127; 128; 129; 200], l <- [:: 1; 31; 62; 63]]
  ++ [:: some_toeplitz 64 64; some_toeplitz 65 64; some_toeplitz 130 65; some_toeplitz 192 129;
         some_toeplitz 200 200]
  (* One bit of the seed and one of the key: where they meet. *)
  ++ [seq toeplitz_row 5 3 (mkseq (pred1 i) 7) (mkseq (pred1 j) 5) | i <- iota 0 7, j <- iota 0 5].

(* Whether the matrix has full rank, by looking at every sum of rows. *)
Fixpoint all_bits (l : nat) : seq (seq bool) :=
  if l is k.+1 then [seq false :: c | c <- all_bits k] ++ [seq true :: c | c <- all_bits k]
  else [:: [::]].

Definition full_rank (r : seq bool) (n l : nat) : bool :=
  all (fun c => ~~ has id c || has (row_sum r c n) (iota 0 n)) (all_bits l).

Definition fit_row (n l : nat) (seed : seq bool) : string :=
  row [:: "fit"; dec n; dec l; bit_string seed; if full_rank seed n l then "1" else "0"].

Definition fit_rows : seq string :=
  [seq fit_row 4 3 s | s <- all_bits 6] ++ [seq fit_row 3 3 s | s <- all_bits 5]
  ++ [seq fit_row 7 5 (some_bits 11 (N.of_nat i)) | i <- iota 0 30]
  ++ [seq fit_row 6 6 (some_bits 11 (N.of_nat i)) | i <- iota 0 30].

(* --- Sampling ----------------------------------------------------------------------------------- *)

Definition deviation_row (n k : nat) : string :=
  row [:: "deviation"; dec n; dec k; dec (deviation_numerator n k); dec (deviation_denominator n k);
          dec deviation_constant].

Definition sizes : seq (nat * nat) :=
  [:: (1, 1); (1, 2); (2, 1); (3, 5); (10, 10); (20, 5); (5, 20); (30, 12)].

(* The same in binary numbers, for sizes that links have. *)
Definition large_deviation_row (n k : N) : string :=
  row [:: "deviation"; decimal n; decimal k; decimal ((n + k) * (k + 1)); decimal (n * k * k);
          dec deviation_constant].

Definition large_sizes : seq (N * N) :=
  [:: (1000, 100); (10000, 5000); (100000, 10000); (1000000, 50000); (10000000, 500000);
      (100000000, 1000000)]%num.

Definition deviation_rows : seq string :=
  [seq deviation_row p.1 p.2 | p <- sizes] ++ [seq large_deviation_row p.1 p.2 | p <- large_sizes].

(* The least sample for which the square of the deviation over ln(4/epsilon) is at most 1/d. *)
Definition sample_size (n d : N) : N :=
  head 0%num [seq k <- map N.of_nat (iota 1 600) | N.leb ((n + k) * (k + 1) * d) (n * k * k)].

Definition sample_rows : seq string :=
  [seq row [:: "sample"; decimal n; decimal d; decimal (sample_size n d)]
     | n <- [:: 500; 1000; 5000]%num, d <- [:: 10; 50; 100; 200]%num].

(* --- Intercept-resend --------------------------------------------------------------------------- *)

(* Faces and touched, sides and flips: of the dice of Eve and of the detectors. *)
Definition dice : seq (nat * nat * nat * nat) :=
  [:: (1, 1, 1, 0); (4, 3, 1, 0); (2, 1, 1, 0); (4, 1, 1, 0); (10, 1, 1, 0); (1, 0, 50, 1); (1, 1, 64, 1);
      (2, 1, 32, 1); (5, 3, 50, 1); (3, 1, 100, 7)].

Definition rate_cells (p : nat * nat * nat * nat) : seq string :=
  let: (faces, touched, sides, flips) := p in [:: dec faces; dec touched; dec sides; dec flips].
Definition wrong_of (p : nat * nat * nat * nat) : N :=
  let: (faces, touched, sides, flips) := p in N.of_nat (wrong faces touched sides flips).
Definition cases_of (p : nat * nat * nat * nat) : N :=
  let: (faces, _, sides, _) := p in N.of_nat (all_of faces sides).
Definition right_of (p : nat * nat * nat * nat) : N := (cases_of p - wrong_of p)%num.

Definition rate_rows : seq string :=
  [seq row ("intercept-rate" :: rate_cells p ++ [:: decimal (wrong_of p); decimal (cases_of p)]) | p <- dice].

Definition known_rows : seq string :=
  [seq let: (faces, touched, _, _) := p in
       row [:: "intercept-known"; dec faces; dec touched; dec touched; dec (2 * faces)] | p <- dice].

Definition escape_rows : seq string :=
  [seq row ("intercept-escape" :: rate_cells p
            ++ [:: decimal n; decimal (right_of p ^ n); decimal (cases_of p ^ n)])
     | p <- dice, n <- [:: 1; 2; 7; 10]%num].

(* The least number of bits that show no error with probability at most 2^-e. *)
Fixpoint first_rare (p : nat * nat * nat * nat) (e : N) (fuel n : nat) (right all : N) : nat :=
  if fuel is f.+1 then
    if N.leb (right * 2 ^ e) all then n
    else first_rare p e f n.+1 (right * right_of p)%num (all * cases_of p)%num
  else 0.
Definition bits_without_error (p : nat * nat * nat * nat) (e : N) : nat :=
  first_rare p e 1000 1 (right_of p) (cases_of p).

Definition bits_without_error_rows : seq string :=
  [seq row ("intercept-bits" :: rate_cells p ++ [:: decimal e; dec (bits_without_error p e)])
     | p <- take 5 dice, e <- [:: 7; 24]%num].

Definition passes_row (p : nat * nat * nat * nat) (n t : nat) : string :=
  row ("intercept-passes" :: rate_cells p
       ++ [:: dec n; dec t; decimal (at_most_errors (wrong_of p) (right_of p) n t);
              decimal (cases_of p ^ N.of_nat n)]).

Definition passes_rows : seq string :=
  [seq passes_row p nt.1 nt.2 | p <- dice, nt <- [:: (1, 0); (3, 1); (3, 2); (10, 0); (10, 1); (10, 4)]].

(* The least number of bits of which, as of the next seventeen numbers, at most a sixteenth is wrong with
   probability at most 2^-e. *)
Fixpoint least_bits (p : nat * nat * nat * nat) (e : N) (fuel n : nat) (counts : seq N) (all : N)
    (held : nat) : nat :=
  if fuel is f.+1 then
    let held := if N.leb (sum_up_to (n %/ 16) counts * 2 ^ e) all then held.+1 else 0 in
    if 17 < held then n - 17
    else least_bits p e f n.+1 (one_more_bit (wrong_of p) (right_of p) counts) (all * cases_of p)%num held
  else 0.

Definition bits_exactly (p : nat * nat * nat * nat) (e : N) : nat :=
  least_bits p e 400 1 (error_counts (wrong_of p) (right_of p) 1) (cases_of p) 0.

Definition bits_exactly_rows : seq string :=
  [seq row ("intercept-exactly" :: rate_cells p ++ [:: dec 16; decimal e; dec (bits_exactly p e)])
     | p <- [:: (1, 1, 1, 0); (4, 3, 1, 0); (1, 1, 64, 1)], e <- [:: 5; 10; 15]%num].

(* --- Adding up ---------------------------------------------------------------------------------- *)

Definition budget_rows : seq string :=
  [seq row [:: "budget"; dec r; dec l; dec 3; dec 7; dec (budget r l 3 7)]
     | r <- [:: 1; 2; 10], l <- [:: 0; 1; 5; 40]].

(* Over 2^128: attempts in a round, times the blocks of the longest frame. *)
Definition authentication_rows : seq string :=
  [seq row [:: "authentication"; dec pulses;
               decimal (attempts_in_round (2 ^ 20) 64 * N.of_nat (forgery_numerator (1048576 + pulses)))]
     | pulses <- [:: 1; 15; 16; 17; 31; 32; 33; 1000; 4096; 100000]].

Set Printing Width 1000000.
Set Printing Depth 1000000.
Eval vm_compute in tag_rows.
Eval vm_compute in forgery_rows.
Eval vm_compute in frame_rows.
Eval vm_compute in verification_rows.
Eval vm_compute in verification_epsilon_rows.
Eval vm_compute in hash_length_rows.
Eval vm_compute in toeplitz_rows.
Eval vm_compute in fit_rows.
Eval vm_compute in deviation_rows.
Eval vm_compute in sample_rows.
Eval vm_compute in rate_rows.
Eval vm_compute in known_rows.
Eval vm_compute in escape_rows.
Eval vm_compute in bits_without_error_rows.
Eval vm_compute in passes_rows.
Eval vm_compute in bits_exactly_rows.
Eval vm_compute in budget_rows.
Eval vm_compute in authentication_rows.
