"""Who signs in and how: accounts, second factors, one-time links, sessions, and the grants of others."""
