"""Values in, bytes out: tables and charts. The only home of pandas and matplotlib, imported when first needed."""
