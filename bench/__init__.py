"""How fast the product answers, as ratios to hand-written SQL for the same answers."""
