"""One file per noun; a view reads in one breath: guard, fetch, form, act, flash, redirect."""
