"""Exact attacks and assignments on maintained solvers: domain values in and out."""
