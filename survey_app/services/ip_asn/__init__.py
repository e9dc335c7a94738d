"""The professionalism index of staff: files, measurement, sums, splits, and its link with the IKM."""
