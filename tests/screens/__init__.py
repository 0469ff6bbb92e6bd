"""Every screen of Fieldwell, looked at by a machine; see README.md."""
