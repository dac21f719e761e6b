------------------------ MODULE RedOneTimeKeySupply -------------------------
EXTENDS MCPskHandoverRefinesOneTimeKeySupply

\* Twin HashUnread: Bob prepares a block without comparing its hash.
HashUnread(p, m) == TRUE

\* Twin EagerCommit: Alice commits a block without waiting for Bob.
EagerCommit(p, b) == TRUE

=============================================================================
