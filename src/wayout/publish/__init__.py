"""Stage 7 of 7: PUBLISH: findings become a brief whose every sentence can be checked."""
