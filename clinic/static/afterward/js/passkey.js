// A passkey that was cancelled or not found ends in words on the page, not in silence.

const problem = document.querySelector("[data-passkey-problem]");

document.addEventListener("allauth.error", (event) => {
  if (!problem) return;
  event.preventDefault();
  problem.hidden = false;
});
