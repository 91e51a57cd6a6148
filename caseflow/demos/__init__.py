"""The believable invented city of Waterstad: its staff, its houses and two years of lives, by seed."""
