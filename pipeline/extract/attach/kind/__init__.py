"""What sort of statistic a quantity is: its measure, unit, sign and status, alone, in brackets and in lists."""
