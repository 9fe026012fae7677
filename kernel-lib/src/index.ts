// bptt: along the sequence and back
export { Bidirectional, type BidirectionalCache, type BothStates } from "./bptt/bidirectional";
export { type Backpropagated, bptt } from "./bptt/bptt";
export { clipByGlobalNorm, clipByValue, globalNorm } from "./bptt/clip";
export { type GradientCheck, gradientCheck, named } from "./bptt/gradient-check";
export { cellStateJacobians, type LSTMLike, spanJacobians, stepJacobians } from "./bptt/jacobian";
export { type Merge, merges } from "./bptt/merge";
export { RealTimeRecurrentLearning, rtrl } from "./bptt/rtrl";
export { type Chunk, truncatedBptt, unrollChunks } from "./bptt/truncated";
export { type Unrolled, unroll } from "./bptt/unroll";
// cells: one step each, forward beside backward
export {
  AdditiveAttention,
  type AdditiveAttentionParams,
  type Memory,
} from "./cells/additive-attention";
export { type AttentiveCache, AttentiveCell } from "./cells/attentive-cell";
export type { Cell, Params, State } from "./cells/cell";
export { Dense, type DenseCache, type DenseParams } from "./cells/dense";
export { type GRUCache, GRUCell, type GRUParams, type GRUState } from "./cells/gru";
export type { GRUResetAfterCache, GRUResetAfterParams } from "./cells/gru-reset-after";
export { GRUCellResetAfter } from "./cells/gru-reset-after";
export { type CellConfig, glorotUniform, type Initializer, unitForgetBias, xavierNormal } from "./cells/init";
export { type JordanCache, JordanCell, type JordanParams, type JordanState } from "./cells/jordan";
export { type LSTMCache, LSTMCell, type LSTMParams, type LSTMState } from "./cells/lstm";
export { accumulate, joinParams, zerosLike } from "./cells/params";
export { PeepholeLSTMCell, type PeepholeLSTMParams } from "./cells/peephole";
export { positionalEncoding } from "./cells/positional-encoding";
export { type RNNCache, RNNCell, type RNNParams, type RNNState } from "./cells/rnn";
export { SelfAttention, type SelfAttentionCache, type SelfAttentionParams } from "./cells/self-attention";
export { Stacked } from "./cells/stacked";
// decode: from a model's next-token scores to a sequence
export { type BeamSearchOptions, beamSearch, type Hypothesis, lengthNormalized } from "./decode/beam-search";
export { greedy } from "./decode/greedy";
export { type SampleOptions, sample, samplingProbabilities } from "./decode/sample";
export { argmax, type DecodeOptions, type DecodeStep, logSoftmax } from "./decode/step";
// display: shows values in whichever kernel runs
export { type AudioOptions, audio } from "./display/audio";
export { decisionGuide } from "./display/decision-guide";
export { details } from "./display/details";
export {
  cooperate,
  createDisplay,
  type DisplayHandle,
  display,
  interruptRequested,
} from "./display/display";
export { type Html, html, latex, markdown, svg } from "./display/formats";
export { escapeHtml } from "./display/html";
export { image } from "./display/image";
export { type LinkMapGoal, type LinkMapOptions, type LinkMapPlace, linkMap } from "./display/link-map";
export { type LossPlot, type LossPlotOptions, lossPlot } from "./display/loss-plot";
export { type Displayable, displaySymbol, type MimeBundle } from "./display/mime";
export { type Progress, progress, progressBar } from "./display/progress";
export { type TableOptions, type TableRow, table } from "./display/table";
// engine: whole sequences in float32, fast
export { Engine } from "./engine/engine";
export type { NetworkConfig } from "./engine/network/config";
export * as networkLayers from "./engine/network/layers";
export { Network } from "./engine/network/network";
export type { SequenceKind, SequenceShape } from "./engine/plan";
export type {
  RecurrentGradient,
  RecurrentInput,
  RecurrentRun,
  RecurrentState,
  RecurrentWeights,
} from "./engine/recurrent";
export type { EngineName } from "./engine/tools";
export { currentEngine, useEngine } from "./engine/use-engine";
// evaluate: how well a model predicts, with intervals
export { bitsPerCharacter, crossEntropy, perplexity, surprisals } from "./evaluate/cross-entropy";
export { blockBootstrapInterval, type Interval, meanInterval } from "./evaluate/interval";
// graph: what a cell computes, node by node, and pictures of it
export {
  type AlgorithmStepperOptions,
  type AlgorithmStop,
  algorithmStepper,
  type ShownValues,
} from "./graph/algorithm-stepper";
export { ComputationGraph, type GraphNode, type NodeKind, type NodeValues } from "./graph/computation-graph";
export { type EncoderDecoderGraphOptions, encoderDecoderGraph } from "./graph/encoder-decoder-graph";
export { columnFrames, runSequence, stepFrames } from "./graph/frames";
export { type GraphFigureOptions, type GraphFrame, graphFigure } from "./graph/graph-figure";
export { graphSvg } from "./graph/graph-svg";
export { describeGraph, type GraphRow, graphRows } from "./graph/graph-text";
export { gruGraph } from "./graph/gru-graph";
export { lstmGraph } from "./graph/lstm-graph";
export { rnnGraph } from "./graph/rnn-graph";
export { unrolledGraph } from "./graph/unrolled-graph";
// losses: a number and its gradient
export { binaryCrossEntropy } from "./losses/binary-cross-entropy";
export { meanSquaredError } from "./losses/mean-squared-error";
export {
  type CrossEntropy,
  type SequenceCrossEntropy,
  sequenceSoftmaxCrossEntropy,
  softmaxCrossEntropy,
} from "./losses/softmax-cross-entropy";
// math: matrices, activations, seeded randomness, linear algebra
export {
  type Activation,
  activations,
  dRelu,
  dSigmoid,
  dTanh,
  logistic,
  relu,
  sigmoid,
  softmax,
  softmaxBackward,
  tanh,
} from "./math/activations";
export { assertClose, type Numbers } from "./math/assert-close";
export {
  type Complex,
  eigenvalues,
  orthogonal,
  singularValues,
  spectralNorm,
  spectralRadius,
} from "./math/linalg";
export { Matrix } from "./math/matrix";
export { type PrincipalComponents, principalComponents } from "./math/principal-components";
export {
  categorical,
  integer,
  normal,
  type Rng,
  rng,
  shuffle,
  uniform,
  uniformSequence,
} from "./math/random";
export { assertLength, assertNotEmpty, assertShape, type Shaped } from "./math/shape";
export { withSpectrum } from "./math/with-spectrum";
// models: one a file
export { CharacterLanguageModel, type FitOptions } from "./models/character-language-model";
export { DivergenceError } from "./models/divergence";
export { HopfieldNetwork, type HopfieldStep } from "./models/hopfield-network";
export { Seq2Seq, type Seq2SeqFitOptions } from "./models/seq2seq";
export { alignment } from "./models/seq2seq/alignment";
export { attentive } from "./models/seq2seq/attentive";
export type { SequencePair } from "./models/seq2seq/batches";
export type { Decoder, DecoderParts, Reading } from "./models/seq2seq/decoder";
export { type Feeding, scheduledSampling, teacherForcing } from "./models/seq2seq/feeding";
export { fixedContext } from "./models/seq2seq/fixed-context";
export { type TrainingBatch, type TrainingStep, type TrainOptions, train } from "./models/train";
// optim: parameters against their gradients, in place
export { Adagrad } from "./optim/adagrad";
export { Adam } from "./optim/adam";
export { Momentum } from "./optim/momentum";
export type { Optimizer, OptimizerState } from "./optim/optimizer";
export { SGD } from "./optim/sgd";
// plot: plotly figures, and pictures of them
export { type AnimateOptions, animate } from "./plot/animate";
export { type BarChartOptions, barChart } from "./plot/bar-chart";
export { Figure, type FigureSpec, type Frame, type Layout, type Trace } from "./plot/figure";
export {
  describeFlowchart,
  type FlowchartNode,
  type FlowchartPath,
  type FlowchartWay,
  flowchartPaths,
  flowchartSvg,
} from "./plot/flowchart";
export { type GateChartOptions, gateChart, type LSTMGates } from "./plot/gate-chart";
export { type GateHeatmapsOptions, gateHeatmaps } from "./plot/gate-heatmaps";
export { type HeatmapOptions, heatmap } from "./plot/heatmap";
export { type HeatmapPanelsOptions, heatmapPanels } from "./plot/heatmap-panels";
export { type HistogramOptions, histogram } from "./plot/histogram";
export { type LineChartOptions, type LineSeries, lineChart } from "./plot/line-chart";
export { type PackedCell, type PackingDiagramOptions, packingDiagram } from "./plot/packing-diagram";
export { type ScatterOptions, scatter } from "./plot/scatter";
export { type SmallMultiplesOptions, smallMultiples } from "./plot/small-multiples";
export { renderStatic, type StaticOptions, type StaticPicture } from "./plot/static/render";
export { palette } from "./plot/style";
export { type TimelineEntry, type TimelineOptions, timeline } from "./plot/timeline";
export { type Slider, type TwoSlidersOptions, twoSliders } from "./plot/two-sliders";
export { type UnrolledRnnOptions, unrolledRnn } from "./plot/unrolled-rnn";
// text: characters, numbers, chunks, baselines
export { type TextChunk, textChunks, textWindows } from "./text/batches";
export { graphemes } from "./text/graphemes";
export { fitBigram, fitUnigram, type NgramModel } from "./text/ngram";
export { oneHot, oneHotSequence } from "./text/one-hot";
export { Vocabulary, type VocabularyOptions } from "./text/vocabulary";
// tf: models of TensorFlow.js on the engine, and their training; nothing is loaded before loadTf
export { type InitializerConfig, type SeededInitializers, seededInitializers } from "./tf/initializers";
export {
  type BidirectionalConfig,
  type GRUConfig,
  type LSTMConfig,
  type RecurrentLayers,
  recurrentLayers,
  type SimpleRNNConfig,
} from "./tf/layers";
export { loadTf, type TfBackend } from "./tf/load";
export type { TensorFlow } from "./tf/tensorflow";
export type { TrainingData } from "./tf/trainer/data";
export type { EarlyStoppingOptions } from "./tf/trainer/early-stopping";
export { fit, type TrainingEpoch, type TrainingHistory, type TrainingOptions } from "./tf/trainer/fit";
// weights: to and from other libraries' packing
export {
  type ChapterGRUWeights,
  type ChapterLSTMWeights,
  type ChapterOutputWeights,
  type ChapterRNNWeights,
  fromChapterGRU,
  fromChapterLSTM,
  fromChapterOutput,
  fromChapterRNN,
  toChapterGRU,
  toChapterLSTM,
  toChapterOutput,
  toChapterRNN,
} from "./weights/chapter";
export {
  fromKerasDense,
  fromKerasGRU,
  fromKerasGRUResetAfter,
  fromKerasLSTM,
  fromKerasRNN,
  type KerasDenseWeights,
  type KerasGRUResetAfterWeights,
  type KerasWeights,
  toKeras,
  toKerasDense,
  toKerasGRUResetAfter,
} from "./weights/keras";
export {
  fromPyTorchGRU,
  fromPyTorchLinear,
  fromPyTorchLSTM,
  fromPyTorchRNN,
  type PyTorchStateDict,
  type PyTorchWeights,
  toPyTorch,
  toPyTorchGRU,
  toPyTorchLinear,
} from "./weights/pytorch";
// widgets: controls below a cell, and what they drive
export { hbox, vbox } from "./widgets/box";
export { Button, button } from "./widgets/button";
export { checkbox } from "./widgets/checkbox";
export { Control } from "./widgets/control";
export { type DropdownOptions, dropdown } from "./widgets/dropdown";
export { type Controls, type ControlValues, interact } from "./widgets/interact";
export { OutputArea, outputArea } from "./widgets/output-area";
export { type PlayOptions, play } from "./widgets/play";
export { progressIndicator } from "./widgets/progress-indicator";
export { type SliderOptions, slider } from "./widgets/slider";
export { type TextFieldOptions, textField } from "./widgets/text-field";
export { Widget } from "./widgets/widget";
