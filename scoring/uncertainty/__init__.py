"""How far scores, totals and ranks can be trusted (docs/uncertainty.md)."""
