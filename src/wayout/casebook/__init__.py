"""Many reports, one picture: reports are added to a store, the situation is rebuilt as of any date, two dates are compared."""
