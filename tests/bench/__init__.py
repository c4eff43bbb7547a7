"""How long everything takes: `make bench`. The parts are in `parts`, the table in `table`."""
