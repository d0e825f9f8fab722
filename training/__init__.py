"""Recipes that make the trained parts of the product."""
