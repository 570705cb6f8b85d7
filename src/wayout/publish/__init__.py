"""Stage 7 of 7: PUBLISH: findings become a brief whose every sentence can be checked."""

from wayout.publish.brief import compose_brief
from wayout.publish.provenance import check_brief
from wayout.publish.write import write_brief

__all__ = ["check_brief", "compose_brief", "write_brief"]
