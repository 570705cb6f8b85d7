"""
Users' files of the ground: relief, land cover and roads from the formats offices have, brought to records of ``wayout.model.ground``.

``guard`` opens files that may be hostile; ``rasters`` and ``road_files`` read them; ``raster_store`` and ``road_store`` keep
them converted in the data folder, with the records of ``added``; ``for_frame`` gives the ground of one theatre.
"""
