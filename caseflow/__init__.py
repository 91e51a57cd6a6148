"""Case management for shelter and counselling programmes, behind a firewall."""
