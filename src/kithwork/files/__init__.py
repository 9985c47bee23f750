"""The way in for files, and the rows that name them: shared by the award half and the service half."""
