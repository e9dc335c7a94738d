"""Words for what services return: numbers, periods, reasons and remarks, the same on screen and on paper."""
