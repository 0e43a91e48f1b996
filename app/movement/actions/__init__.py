from app.movement.actions.opening import canonical, open_round

__all__ = ["canonical", "open_round"]
