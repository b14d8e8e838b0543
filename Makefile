# Aliases of run.py, which is the contract.
.PHONY: demo test check
demo:
	python3 run.py demo
test:
	python3 run.py test
check:
	scripts/check
