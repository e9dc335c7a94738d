"""Who asks, where and when: agencies, unit layanan and their services, scope, roles, hours, the clock."""
