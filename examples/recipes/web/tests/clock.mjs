// Loaded into a server before all else: its clock begins at RECIPES_AT.
const real = Date.now;
const ahead = Date.parse(process.env.RECIPES_AT) - real();
Date.now = () => real() + ahead;
