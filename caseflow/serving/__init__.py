"""The serving parent, which holds no key, and its one child, which ends when the vaults are sealed."""
