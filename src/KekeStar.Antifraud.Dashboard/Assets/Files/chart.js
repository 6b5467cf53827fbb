// Draws charts with ECharts. The page gives the option; colours come from the style sheet, so a chart follows the theme.

import * as echarts from './echarts/echarts.esm.min.js';

const charts = new Map();

const resolve = (value, style) => {
  if (typeof value === 'string') {
    return value.startsWith('var(') ? style.getPropertyValue(value.slice(4, -1)).trim() : value;
  }

  if (Array.isArray(value)) {
    return value.map(item => resolve(item, style));
  }

  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null).map(([key, item]) => [key, resolve(item, style)]));
  }

  return value;
};

const axis = (colour, axes) => axes && (Array.isArray(axes) ? axes : [axes]).map(one => ({
  ...one,
  axisLine: { show: one.type === 'category' || one.type === 'time', lineStyle: { color: colour('line') }, ...one.axisLine },
  axisTick: { show: false },
  axisLabel: { color: colour('quiet'), hideOverlap: true, ...one.axisLabel },
  nameTextStyle: { color: colour('quiet'), ...one.nameTextStyle },
  splitLine: { show: one.type === 'value', lineStyle: { color: colour('line') }, ...one.splitLine },
}));

const dress = (option) => {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(`--${name}`).trim();
  const font = getComputedStyle(document.body).fontFamily;
  const dressed = resolve(option, style);
  return {
    animation: false,
    aria: { enabled: true },
    ...dressed,
    textStyle: { fontFamily: font, fontSize: 12, color: colour('text') },
    grid: { left: 8, right: 12, top: 36, bottom: 4, containLabel: true, ...dressed.grid },
    xAxis: axis(colour, dressed.xAxis),
    yAxis: axis(colour, dressed.yAxis),
    legend: dressed.legend && {
      inactiveColor: colour('edge'),
      top: 0, left: 0, itemWidth: 12, itemHeight: 8, itemGap: 14, icon: 'roundRect', type: 'scroll',
      pageIconColor: colour('quiet'), pageTextStyle: { color: colour('quiet') },
      ...dressed.legend, textStyle: { color: colour('text'), fontSize: 12 },
    },
    tooltip: {
      confine: true, backgroundColor: colour('surface'), borderColor: colour('line'), borderWidth: 1,
      textStyle: { color: colour('text'), fontSize: 12 }, ...dressed.tooltip,
    },
  };
};

/** Draws a chart, or draws it anew. */
export function draw(element, option) {
  if (!element?.isConnected) {
    return;
  }

  let chart = charts.get(element);
  if (!chart) {
    const drawing = echarts.init(element, null, { renderer: 'svg' });
    // What has a page of its own says so.
    drawing.on('click', clicked => clicked.data?.link && Blazor.navigateTo(clicked.data.link));
    const resized = new ResizeObserver(() => drawing.resize());
    resized.observe(element);
    const themed = new MutationObserver(() => redraw(element));
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const turned = () => redraw(element);
    dark.addEventListener('change', turned);
    chart = { drawing, end: () => { resized.disconnect(); themed.disconnect(); dark.removeEventListener('change', turned); drawing.dispose(); } };
    charts.set(element, chart);
  }

  chart.option = option;
  chart.drawing.setOption(dress(option), { notMerge: true });
}

const redraw = element => {
  const chart = charts.get(element);
  chart?.drawing.setOption(dress(chart.option), { notMerge: true });
};

/** Lets go of a chart. */
export function remove(element) {
  charts.get(element)?.end();
  charts.delete(element);
}
