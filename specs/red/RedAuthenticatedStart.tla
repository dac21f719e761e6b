----------------------- MODULE RedAuthenticatedStart ------------------------
EXTENDS MCAuthBootstrapRefinesAuthenticatedStart

\* Twin ProofsUnchecked: a party takes any proof, so that Eve needs no credential.
AnyProof(p, m) == TRUE

=============================================================================
