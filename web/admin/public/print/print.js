// The page was opened to be printed.
addEventListener('load', () => print())
