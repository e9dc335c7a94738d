"""What a period or a recap says once it is published: snapshots, versions, proof."""
