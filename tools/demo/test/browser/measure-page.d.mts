interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export interface PageMeasures {
  readonly title: string;
  readonly scrollWidthPx: number;
  readonly innerWidthPx: number;
  /** Elements that reach out of the page at its sides. */
  readonly outside: readonly string[];
  /** Every text that is shown, outside of figures. */
  readonly texts: readonly {
    readonly text: string;
    readonly fontPx: number;
    readonly contrast: number;
  }[];
  readonly sections: readonly Size[];
  readonly figures: readonly Size[];
  /** Figures without a title and a description. */
  readonly undescribed: number;
  readonly scripts: number;
  readonly images: number;
  readonly columns: number;
  readonly headerRows: number;
  readonly background: string;
}

export function measurePage(): PageMeasures;
