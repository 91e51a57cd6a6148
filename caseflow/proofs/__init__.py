"""The leak proof: plants a value in every field, visits every route as everybody, and compares with the tables.

It works on an instance of its own that is thrown away; the program it looks at is the real one.
"""
