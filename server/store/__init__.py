"""The only place that knows the database engine. Its door is ``server.store.database``."""
