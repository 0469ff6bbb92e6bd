"""What the team does to answers after they came: changed, put together, redacted, erased, let in, and told apart."""
