"""
EXTRACT: who says what about whom, how surely, on what condition.

The faces of the stage are here: ``actors``, ``claims``, ``attribution``, ``certainty``, ``time``, ``relations``, ``entities``,
``suggestions``; ``passages`` cuts long texts and ``skipped`` tells what could not be read. Behind each face stands a folder:
``naming`` (actors), ``claiming`` (claims, with ``plover`` and ``acled`` for their types), ``attributing``, ``judging``
(certainty), ``timing``, ``relating``, ``tagging`` (entities), ``suggesting``. What several share: ``grammar``, ``tokens``,
``mention_index``, ``lexicon``.
"""
