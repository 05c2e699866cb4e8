"""Says of each figure what it measures, of whom, when, compared with what; the state goes from sentence to sentence."""
