"""Tools for agents: a server of the Model Context Protocol that summarizes, compares and updates, and only reads."""
