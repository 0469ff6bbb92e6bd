// Records a question with the microphone, or reads a sound file, and makes a small MP3 of it: the one kind of sound that
// every phone plays. What comes of it goes into the page's own form, so that the server sees no difference to a file.

const RATE = 16_000;
const KILOBITS = 32;
const BLOCK = 1_152;
const HEARD = 0.01;
const LOUDEST = 0.89;
const MOST_GAIN = 8;
const EDGE_SECONDS = 0.15;
const READY_MADE = ["audio/mpeg", "audio/mp3"];

const list = document.getElementById("recordings");
const says = document.getElementById("recorder-says");
const words = JSON.parse(list.dataset.words);
const longest = Number(list.dataset.seconds);
/** Of the one recording under way: how to end it. */
let stopRecording = null;
/** Forms that hold a sound which nobody has kept yet. */
const unkept = new Set();

for (const form of list.querySelectorAll(".keep-recording")) begin(form);
addEventListener("beforeunload", (event) => {
  if (unkept.size > 0) event.preventDefault();
});

function begin(form) {
  form.querySelector(".recorder").hidden = false;
  form.querySelector('[data-do="record"]').addEventListener("click", () => pressed(form));
  form.querySelector('input[type="file"]').addEventListener("change", () => fileChosen(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(form);
  });
}

function pressed(form) {
  const isUnderWay = form.classList.contains("under-way");
  stopRecording?.();
  if (!isUnderWay) record(form);
}

/** The microphone is asked for here and nowhere else, and let go as soon as the recording ends. */
async function record(form) {
  if (!navigator.mediaDevices || typeof MediaRecorder === "undefined") return tell(form, words.unsafe);
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    listenTo(form, stream);
  } catch (error) {
    tell(form, error.name === "NotFoundError" ? words.missing : words.refused);
  }
}

function listenTo(form, stream) {
  const recorder = new MediaRecorder(stream);
  const pieces = [];
  const level = showLevel(form, stream);
  const timer = setTimeout(() => end(words.full), longest * 1_000);
  let said = words.ready;
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  recorder.addEventListener("stop", () => {
    clearTimeout(timer);
    level.close();
    for (const track of stream.getTracks()) track.stop();
    take(form, new Blob(pieces, { type: recorder.mimeType }), said);
  });
  function end(sentence) {
    stopRecording = null;
    said = sentence;
    form.classList.remove("under-way");
    button(form).textContent = words.again;
    recorder.stop();
  }
  stopRecording = () => end(words.ready);
  form.classList.add("under-way");
  button(form).textContent = words.stop;
  recorder.start();
}

/** How loud it is, and for how long it has been recorded. */
function showLevel(form, stream) {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  const samples = new Float32Array(analyser.fftSize);
  const meter = form.querySelector("meter");
  const begun = audio.currentTime;
  audio.createMediaStreamSource(stream).connect(analyser);
  tell(form, words.recording.replace("{seconds}", inDigits(0)));
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    meter.value = Math.min(1, 2 * peakOf(samples));
    shown(form).textContent = words.recording.replace("{seconds}", inDigits(audio.currentTime - begun));
  }, 100);
  return {
    close() {
      clearInterval(timer);
      meter.value = 0;
      audio.close();
    },
  };
}

function fileChosen(form) {
  const [file] = form.querySelector('input[type="file"]').files;
  if (file !== undefined && !READY_MADE.includes(file.type)) take(form, file, words.ready);
}

/** Make an MP3 of a sound in whatever kind this browser reads, and offer it to be kept. */
async function take(form, sound, sentence) {
  tell(form, words.working);
  try {
    const samples = trimmed(await samplesOf(sound));
    if (peakOf(samples) < HEARD) return tell(form, words.silent);
    offer(form, encoded(samples), sentence);
  } catch {
    tell(form, words.unreadable);
  }
}

function offer(form, mp3, sentence) {
  const carried = new DataTransfer();
  carried.items.add(new File([mp3], "recording.mp3", { type: "audio/mpeg" }));
  form.querySelector('input[type="file"]').files = carried.files;
  const player = form.querySelector(".recorder audio");
  if (player.src !== "") URL.revokeObjectURL(player.src);
  player.src = URL.createObjectURL(mp3);
  player.hidden = false;
  form.querySelector('[data-do="keep"]').hidden = false;
  unkept.add(form);
  tell(form, sentence);
}

/** One channel at 16,000 samples a second: what speech needs. */
async function samplesOf(sound) {
  const reading = new AudioContext();
  const whole = await reading.decodeAudioData(await sound.arrayBuffer());
  reading.close();
  const length = Math.max(1, Math.ceil(whole.duration * RATE));
  const drawing = new OfflineAudioContext(1, length, RATE);
  const source = drawing.createBufferSource();
  source.buffer = whole;
  source.connect(drawing.destination);
  source.start();
  return (await drawing.startRendering()).getChannelData(0);
}

/** Without the silence before the first and behind the last word. */
function trimmed(samples) {
  const quiet = Math.max(HEARD, peakOf(samples) * 0.03);
  let first = 0;
  let last = samples.length - 1;
  while (first < last && Math.abs(samples[first]) < quiet) first += 1;
  while (last > first && Math.abs(samples[last]) < quiet) last -= 1;
  const edge = Math.round(EDGE_SECONDS * RATE);
  return samples.subarray(Math.max(0, first - edge), Math.min(samples.length, last + edge));
}

/** As loud as the others: people record with all kinds of microphones. */
function encoded(samples) {
  const gain = Math.min(MOST_GAIN, LOUDEST / peakOf(samples)) * 32_767;
  const encoder = new lamejs.Mp3Encoder(1, RATE, KILOBITS);
  const pieces = [];
  for (let at = 0; at < samples.length; at += BLOCK) {
    const block = Int16Array.from(samples.subarray(at, at + BLOCK), (sample) => Math.round(sample * gain));
    pieces.push(encoder.encodeBuffer(block));
  }
  pieces.push(encoder.flush());
  return new Blob(pieces, { type: "audio/mpeg" });
}

function peakOf(samples) {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

/** Sent as the form would be; the part of the page that is about this text is taken from the page that comes back. */
async function keep(form) {
  const row = form.closest(".to-record");
  tell(form, words.keeping);
  const page = await answerTo(form);
  const renewed = page?.getElementById(row.id);
  if (!renewed) return tell(form, words.failed);
  unkept.delete(form);
  recount(row, renewed);
  const isKept = renewed.querySelector(".wrong") === null;
  row.replaceWith(renewed);
  document.getElementById("progress-of-recordings").replaceWith(page.getElementById("progress-of-recordings"));
  begin(renewed.querySelector(".keep-recording"));
  says.textContent = isKept ? words.kept : renewed.querySelector(".wrong").textContent;
  button(renewed).focus();
}

/** How many hints and answers of the question are recorded now. */
function recount(row, renewed) {
  const [before, now] = [row, renewed].map((one) => one.closest(".more-to-say")?.querySelector("summary"));
  if (before && now) before.textContent = now.textContent;
}

async function answerTo(form) {
  try {
    const reply = await fetch(form.action, { method: "POST", body: new FormData(form) });
    return new DOMParser().parseFromString(await reply.text(), "text/html");
  } catch {
    return null;
  }
}

function tell(form, sentence) {
  shown(form).parentElement.hidden = false;
  shown(form).textContent = sentence;
  says.textContent = sentence;
}

function shown(form) {
  return form.querySelector(".recorder-state span");
}

function button(inside) {
  return inside.querySelector('[data-do="record"]');
}

function inDigits(seconds) {
  return Math.floor(seconds).toLocaleString(document.documentElement.lang);
}
