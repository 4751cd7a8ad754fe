// For browsers that know no modules and so never read boot.js: the message alone.
document.getElementById("boot-loading").setAttribute("hidden", "");
document.getElementById("boot-unsupported").removeAttribute("hidden");
