"""The replication: small SE-ResNets, trained alike, that differ in one thing at a time."""
