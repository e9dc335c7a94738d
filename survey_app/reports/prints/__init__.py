"""What hangs on a wall or lies on a counter: posters, invitations, slips and their QR codes."""
