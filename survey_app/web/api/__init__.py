"""What other programs ask and send: `/api/v1` for any of them, and what devices in the field speak."""
