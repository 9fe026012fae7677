"""What all of Jupyter's programs read here, `jupyter nbconvert` and JupyterLab's own export alike."""

from pathlib import Path

katex = Path(__file__).resolve().parents[2] / "node_modules" / "katex" / "dist"

c = get_config()
c.HTMLExporter.template_name = "described"
c.HTMLExporter.extra_template_paths = [str(katex)]
