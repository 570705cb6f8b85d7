"""
Stage 3 of 7: LOCATE: place phrases become regions with their doubt.

The faces of the stage are here: ``gazetteer`` (names to places), ``toponyms`` and ``foreign_places`` (place phrases in text),
``phrases`` (one phrase to a region), ``claims`` (the places of claims). Behind them stand ``looking_up`` (spellings, informal
regions), ``finding`` (names and phrases in text), ``resolving`` (which place of a name is meant), ``shaping`` (the grammar and the
geometry of relations). What several share: ``context``, ``composing``, ``doubt``, ``cover``, ``needs``.
"""
