# 一条命令到页面：make serve。全部测试：make test。
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup serve test check bench evals page clean

help:  ## 列出这些命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 以上：make serve PYTHON=python3.12")'
	@echo "建立虚拟环境 $(VENV) ……"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "安装依赖（头一次约一两分钟）……"
	@$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	@touch $@

setup: $(VENV)/.installed page  ## 装好一切，进 .venv

page: $(VENV)/.installed
	@$(BIN)/python web/build_page.py

serve: setup  ## 打开页面 http://127.0.0.1:8000
	@$(BIN)/counsel serve

test: setup  ## 全部测试
	@$(BIN)/python -m pytest

check: setup  ## ruff、mypy、import-linter、页面的类型
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -c "import sys; sys.path.insert(0, 'web'); from build_page import run_npm; run_npm('run', 'check')"

evals: setup  ## 评测，低于 evals/bars.yaml 则失败
	@$(BIN)/python -m evals

bench: setup  ## 速度、内存与增长
	@$(BIN)/python -m evals.bench

clean:  ## 删去虚拟环境与构建出来的页面（不动 var/ 里的数据）
	rm -rf $(VENV) web/dist web/node_modules
