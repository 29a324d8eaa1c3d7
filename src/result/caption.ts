/** What every picture says about itself. */
export interface Caption {
  /** The file's name without the stem of the netlist and without `.svg`: `tran-1`, `iv-m1`. */
  readonly name: string;
  /** True where the netlist gave the whole file name (`file=`): no stem is put in front. */
  readonly named: boolean;
  /** Where the card stands that asks for it: several runs have it in common, though conditions may leave out others. */
  readonly card?: string;
  /** Nothing was asked for; where another run was asked for one of that name, it alone is drawn. */
  readonly byDefault?: true;
  readonly title: string;
  readonly xlabel: string | undefined;
  readonly ylabel: string | undefined;
  readonly logx: boolean;
  readonly logy: boolean;
}

/** What a netlist may ask of a picture's look; what it leaves out is the picture's own. */
export interface AskedLook {
  readonly file?: string | undefined;
  readonly title?: string | undefined;
  readonly xlabel?: string | undefined;
  readonly ylabel?: string | undefined;
  readonly logx?: boolean;
  readonly logy?: boolean;
}

/** A picture's caption: what is asked for, else this name and title. */
export const captionOf = (asked: AskedLook, name: string, title: string): Caption => ({
  name: asked.file?.replace(/\.svg$/i, "") ?? name,
  named: asked.file !== undefined,
  title: asked.title ?? title,
  xlabel: asked.xlabel,
  ylabel: asked.ylabel,
  logx: asked.logx ?? false,
  logy: asked.logy ?? false,
});
