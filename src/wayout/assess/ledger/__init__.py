"""The ledger of forecasts: questions that resolve by rule, frozen when made, resolved by a data set."""
