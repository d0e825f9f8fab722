# make train-attribution CORPUS=../shared/corpora/polnear SCORER=../shared/eval/attribution.py
PYTHON ?= python
OUT ?= out/attribution
CONFIG ?= training/attribution/config.toml
# large blocks stay with the process: fresh pages for every tensor cost a tenth of the time
QUIET = OMP_NUM_THREADS=1 MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=17179869184 nice -n 19

.PHONY: train-attribution
train-attribution:
	$(QUIET) $(PYTHON) -m training.attribution.train $(CONFIG) --corpus $(CORPUS) --out $(OUT)
	$(QUIET) $(PYTHON) -m training.attribution.train training/attribution/polish.toml --corpus $(CORPUS) --out $(OUT)/polish --start $(OUT)/checkpoint.pt
	$(QUIET) $(PYTHON) -m training.attribution.export $(OUT)/checkpoint.pt $(OUT)/polish/checkpoint.pt --config $(CONFIG) --out $(OUT)/model
	$(QUIET) $(PYTHON) -m training.attribution.tune $(OUT)/model $(CORPUS)/dev --scorer $(SCORER) --write
	$(QUIET) $(PYTHON) -m training.attribution.predict $(OUT)/model $(CORPUS)/dev $(OUT)/dev.jsonl
	$(PYTHON) $(SCORER) $(CORPUS)/dev $(OUT)/dev.jsonl
