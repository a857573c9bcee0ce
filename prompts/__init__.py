"""Rewriting prompts: text files only, named by purpose; edited here, shipped as ``summarizer.prompts``."""
