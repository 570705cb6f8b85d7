"""What the gazetteer rests on: spellings of one name, informal regions, rivers by all their names."""
