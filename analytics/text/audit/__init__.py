"""What a count of comments is worth: a sample read by people, and what it says of how all are grouped."""

from analytics.text.audit.drawing import Drawn, draw_comments
from analytics.text.audit.worth import ENOUGH, Judged, Share, Unknown, Worth, worth_of_count

__all__ = ["ENOUGH", "Drawn", "Judged", "Share", "Unknown", "Worth", "draw_comments", "worth_of_count"]
